/** How clients of ours speak to the REST API of a service: with which token, and whom they believe over TLS. */
@NullMarked
package io.taskweaver.wire.rest;

import org.jspecify.annotations.NullMarked;
