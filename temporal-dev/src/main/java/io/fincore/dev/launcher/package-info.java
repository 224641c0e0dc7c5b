/** The commands behind {@code temporal-dev/up} and {@code temporal-dev/down}. */
@NullMarked
package io.fincore.dev.launcher;

import org.jspecify.annotations.NullMarked;
