/** Tests of what Temporal's failures mean for a client, without Temporal. */
@NullMarked
package io.fincore.api.temporal;

import org.jspecify.annotations.NullMarked;
