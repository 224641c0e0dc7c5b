/** The compliance case: a payment that a person has to look at. */
@NullMarked
package io.fincore.workflows.compliance;

import org.jspecify.annotations.NullMarked;
