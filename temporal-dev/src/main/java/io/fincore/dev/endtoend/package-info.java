/** Payments through the whole platform, faults thrown into it, and the proof that the books are right afterwards. */
@NullMarked
package io.fincore.dev.endtoend;

import org.jspecify.annotations.NullMarked;
