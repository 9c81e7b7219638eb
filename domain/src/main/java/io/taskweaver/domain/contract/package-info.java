/** Contracts of components: interface, mock, validation, data format, API. */
@NullMarked
package io.taskweaver.domain.contract;

import org.jspecify.annotations.NullMarked;
