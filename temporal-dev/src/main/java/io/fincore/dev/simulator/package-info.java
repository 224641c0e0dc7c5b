/**
 * The providers to develop and test against, a bank, a KYC provider and one of notifications: a process of its own with a book of its
 * own, whose behaviour is chosen by IBANs, names and addresses. It shares no code with the platform but money and the library that
 * reads ISO 20022.
 */
@NullMarked
package io.fincore.dev.simulator;

import org.jspecify.annotations.NullMarked;
