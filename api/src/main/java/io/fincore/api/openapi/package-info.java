/** The OpenAPI description of this API. */
@NullMarked
package io.fincore.api.openapi;

import org.jspecify.annotations.NullMarked;
