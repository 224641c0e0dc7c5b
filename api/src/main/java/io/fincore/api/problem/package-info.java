/** Every error of the API, as RFC 9457 problem details. */
@NullMarked
package io.fincore.api.problem;

import org.jspecify.annotations.NullMarked;
