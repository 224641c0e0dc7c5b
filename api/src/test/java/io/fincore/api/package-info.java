/** The API over HTTP, on a real PostgreSQL, an in-memory Temporal and a token issuer of its own. */
@NullMarked
package io.fincore.api;

import org.jspecify.annotations.NullMarked;
