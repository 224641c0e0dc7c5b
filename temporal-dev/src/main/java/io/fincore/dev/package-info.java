/** The whole platform on one machine. */
@NullMarked
package io.fincore.dev;

import org.jspecify.annotations.NullMarked;
