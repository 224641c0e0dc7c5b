/** Reading JSON without guessing. */
@NullMarked
package io.fincore.api.json;

import org.jspecify.annotations.NullMarked;
