"""What the Latent map tab keeps until the next start, and what a recipe says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from desktop.recipe import Recipe
from models.image_vae.scene import Scene
from models.image_vae.stored import scene_from_dict, scene_to_dict, usable_scene
from models.seed import MAX_SEED
from models.shelf import ModelFolder
from models.sprites.form import Format

TAB = "latent_map"


@dataclass(frozen=True)
class Draft:
    """What was saved, as it was found: it is read when it is known what its model draws."""

    model: str
    model_hash: str
    seed: int
    values: Mapping[str, Any]

    def scene(self, model: str, dimensions: int, form: Format) -> Scene:
        """The scene on a model of the shelf; what does not fit is left out."""
        scene = usable_scene(self.values, model, dimensions, form)
        return replace(scene, seed=self.seed)

    def to_state(self) -> dict[str, Any]:
        """What was saved, as it can be saved again."""
        return {"model": self.model, "hash": self.model_hash, "seed": self.seed, "scene": dict(self.values)}


def to_state(scene: Scene, model_hash: str) -> dict[str, Any]:
    """JSON values for the settings."""
    return {"model": scene.model, "hash": model_hash, "seed": scene.seed, "scene": scene_to_dict(scene)}


def from_state(state: Mapping[str, Any]) -> Draft | None:
    """What was saved; None where nothing was."""
    model, model_hash, seed, values = (state.get(name) for name in ("model", "hash", "seed", "scene"))
    if not isinstance(model, str) or not isinstance(values, dict):
        return None
    if not isinstance(seed, int) or isinstance(seed, bool) or not 0 <= seed <= MAX_SEED:
        seed = 0
    return Draft(model, model_hash if isinstance(model_hash, str) else "", seed, values)


def to_recipe(scene: Scene, model_hash: str) -> Recipe:
    """What reproduces the map."""
    return Recipe(TAB, scene.seed, scene.model, model_hash, scene_to_dict(scene))


def from_recipe(recipe: Recipe, folder: ModelFolder, dimensions: int, form: Format) -> Scene:
    """The scene that a recipe says, on a model of the shelf. Raises `InputError`."""
    scene = scene_from_dict(recipe.inputs, folder.name, dimensions, form)
    return replace(scene, seed=recipe.seed)
