/** Compliance cases and their resolution. */
@NullMarked
package io.fincore.api.compliance;

import org.jspecify.annotations.NullMarked;
