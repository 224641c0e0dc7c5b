package io.fincore.api.webhooks;

/** A request that says everything by its path: an empty object. */
record NoBody() {}
