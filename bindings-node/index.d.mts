export * from './index.js'
import * as treeward from './index.js'
export default treeward
