/** Contracts of components: interface, mock, validation, data format, API. */
@NullMarked
package io.taskweaver.contracts;

import org.jspecify.annotations.NullMarked;
