/** Access of our clients to the REST API of a service: token and trusted authorities. */
@NullMarked
package io.taskweaver.wire.rest;

import org.jspecify.annotations.NullMarked;
