/** Who calls, and what they may do. */
@NullMarked
package io.fincore.api.security;

import org.jspecify.annotations.NullMarked;
