/** Account activations: a customer is checked, and a wallet opened for use. */
@NullMarked
package io.fincore.api.activations;

import org.jspecify.annotations.NullMarked;
