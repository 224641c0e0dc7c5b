/** What a saga asks of the bank, and how it finds out what became of it. */
@NullMarked
package io.fincore.workflows.bank;

import org.jspecify.annotations.NullMarked;
