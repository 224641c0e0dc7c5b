package io.fincore.api.json;

/** A request that says everything by its path: an empty object. */
public record NoBody() {}
