"""Fifty ordinary sentences that are no verse, written for this benchmark."""

SENTENCES = """\
i went to the store to buy some bread
please send me the report before friday
the meeting was moved to next tuesday
my phone battery died on the way home
we ordered two pizzas and a salad
the train to the airport was late again
she forgot her password for the third time
he parked the car behind the supermarket
can you help me carry these boxes upstairs
the dentist said i need a new filling
our flight was cancelled because of fog
they are painting the kitchen this weekend
i need to print ten copies of this form
the printer is out of paper again
her brother works in a small bakery
turn left at the second traffic light
the children watched cartoons all morning
it took an hour to find my keys
we should update the software on monday
the coffee machine makes a strange noise
there is a sale on winter coats today
i left my umbrella on the bus
the teacher gave us too much homework
my neighbour plays the drums every night
he spilled tomato soup on the carpet
the new manager starts in september
put the milk back in the fridge
the library closes at six on saturdays
i am learning to cook without salt
the doctor told him to walk more
our team lost the game by one point
the elevator is broken so take the stairs
she bought a used bicycle for fifty dollars
they moved to a bigger flat last year
remember to water the plants while i am away
the wifi in this hotel is very slow
he always eats cereal for breakfast
the bank was closed when i got there
my sister has a job interview tomorrow
we need more chairs for the party
the dog next door barks at the mailman
i watched a film about deep sea fish
somebody left the window open all night
the recipe calls for three eggs and butter
the bus stops right in front of my office
you can pay by card or in cash
the washing machine stopped in the middle
he fixed the leaking tap with some tape
the exam results will be online at noon
let me know if you have any questions
""".splitlines()
