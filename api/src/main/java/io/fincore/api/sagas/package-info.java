/** What operators see of sagas, and how they repair them. */
@NullMarked
package io.fincore.api.sagas;

import org.jspecify.annotations.NullMarked;
