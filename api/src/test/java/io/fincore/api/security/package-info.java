/** Tests of who may do what, without the rest of the API. */
@NullMarked
package io.fincore.api.security;

import org.jspecify.annotations.NullMarked;
