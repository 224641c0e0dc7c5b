@NullMarked
package io.fincore.workflows.payment;

import org.jspecify.annotations.NullMarked;
