/** The checks of request bodies that more than one resource needs. */
@NullMarked
package io.fincore.api.validation;

import org.jspecify.annotations.NullMarked;
