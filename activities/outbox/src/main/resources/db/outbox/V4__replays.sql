-- A replay adds what has been dispatched, and leaves to the dispatcher what has not.
GRANT SELECT (name, position) ON cursor TO fincore_api;
