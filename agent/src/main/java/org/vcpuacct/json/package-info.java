/**
 * JSON: read from whoever may have written it, and written. The only package that uses a JSON
 * library.
 */
package org.vcpuacct.json;
