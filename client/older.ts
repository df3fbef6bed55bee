/**
 * What Chrome 90 and Safari 15 lack and our libraries use (`Object.hasOwn`: Chrome 93, Safari 15.4). Imported before
 * everything else.
 */
const Global = Object as unknown as { hasOwn?: (object: object, name: PropertyKey) => boolean }
const { hasOwnProperty: isOwn } = Object.prototype

Global.hasOwn ??= (object, name) => isOwn.call(object, name)

export {}
