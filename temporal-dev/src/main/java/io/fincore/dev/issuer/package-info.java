/** The token issuer of a development stack. */
@NullMarked
package io.fincore.dev.issuer;

import org.jspecify.annotations.NullMarked;
