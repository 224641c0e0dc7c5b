@NullMarked
package io.fincore.api.request;

import org.jspecify.annotations.NullMarked;
