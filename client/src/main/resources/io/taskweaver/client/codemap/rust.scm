; What a Rust file declares and uses.
(use_declaration argument: (_) @import)
(struct_item name: (type_identifier) @name body: (_)? @body) @type
(enum_item name: (type_identifier) @name body: (_)? @body) @type
(union_item name: (type_identifier) @name body: (_)? @body) @type
(type_item name: (type_identifier) @name) @type
(trait_item name: (type_identifier) @name body: (_)? @body) @interface
(mod_item name: (identifier) @name body: (_) @body) @scope
(impl_item trait: (_)? @trait type: (_) @name body: (_)? @body) @scope
(function_item name: (identifier) @name body: (_)? @body) @operation
(function_signature_item name: (identifier) @name) @operation
(const_item name: (identifier) @name value: [(integer_literal) (float_literal) (string_literal)] @value) @constant
(attribute_item (attribute (_) @annotation arguments: (token_tree . (string_literal (string_content) @route))))
(call_expression function: (field_expression field: (field_identifier) @verb) arguments: (arguments . (string_literal (string_content) @route) . (_)))
(type_identifier) @mention
