/** The connection to Temporal and what its failures mean for a client. */
@NullMarked
package io.fincore.api.temporal;

import org.jspecify.annotations.NullMarked;
