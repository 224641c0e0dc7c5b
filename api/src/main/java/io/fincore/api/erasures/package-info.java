/** Persons who want to be forgotten. */
@NullMarked
package io.fincore.api.erasures;

import org.jspecify.annotations.NullMarked;
