/** The erasure of a customer's personal data, on request and by a deadline. */
@NullMarked
package io.fincore.workflows.erasure;

import org.jspecify.annotations.NullMarked;
