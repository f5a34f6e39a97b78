/**
 * Why a network element is loaded: where its time went, what changed, and what is likely to be
 * behind it, each with the figure that says so and the setting to look at.
 *
 * <p>{@link org.vcpuacct.diagnosis.Suspects} is the catalogue of likely causes.
 */
package org.vcpuacct.diagnosis;
