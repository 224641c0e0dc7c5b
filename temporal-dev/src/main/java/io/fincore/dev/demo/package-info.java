/** A first payment, made through the REST API as any client would. */
@NullMarked
package io.fincore.dev.demo;

import org.jspecify.annotations.NullMarked;
