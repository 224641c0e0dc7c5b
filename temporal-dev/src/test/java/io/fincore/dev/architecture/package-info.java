/** The rules of the whole code base that a tool can hold; {@code docs/internals/architecture.md} tells them in prose. */
@NullMarked
package io.fincore.dev.architecture;

import org.jspecify.annotations.NullMarked;
