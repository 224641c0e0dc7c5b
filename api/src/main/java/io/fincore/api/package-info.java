/** The REST API. */
@NullMarked
package io.fincore.api;

import org.jspecify.annotations.NullMarked;
