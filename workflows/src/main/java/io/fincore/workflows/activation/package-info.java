/** The account activation saga: a customer is checked, and a wallet opened for use. */
@NullMarked
package io.fincore.workflows.activation;

import org.jspecify.annotations.NullMarked;
