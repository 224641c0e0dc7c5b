/** Money, currencies and prefixed ids: what every other module agrees on. */
@NullMarked
package io.fincore.money;

import org.jspecify.annotations.NullMarked;
