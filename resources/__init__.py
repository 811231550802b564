"""What ships with the app: model folders and example inputs. It is all data; read it through `importlib.resources`."""
