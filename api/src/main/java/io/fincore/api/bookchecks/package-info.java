/** Checks of the whole book, for operators of the platform. */
@NullMarked
package io.fincore.api.bookchecks;

import org.jspecify.annotations.NullMarked;
