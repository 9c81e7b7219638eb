@NullMarked
package io.taskweaver.domain;

import org.jspecify.annotations.NullMarked;
