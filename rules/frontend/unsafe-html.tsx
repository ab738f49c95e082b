import DOMPurify from "dompurify"

const banner = "<b>Sale</b>"
const clean = DOMPurify.sanitize(post.body)

export function Post({ post, schema }) {
  return (
    <article>
      // ruleid: unsafe-html
      <div dangerouslySetInnerHTML={{ __html: post.body }} />
      // pass: unsafe-html
      <div dangerouslySetInnerHTML={{ __html: clean }} />
      // pass: unsafe-html
      <div dangerouslySetInnerHTML={{ __html: banner }} />
      // pass: unsafe-html
      <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: JSON.stringify(schema) }} />
    </article>
  )
}

export function show(element, comment) {
  // ruleid: unsafe-html
  element.innerHTML = `<p>${comment.text}</p>`
  // ok: unsafe-html
  element.textContent = comment.text
  // pass: unsafe-html
  element.innerHTML = ""
}

export function restore(button, originalText, found) {
  // unknown: unsafe-html
  button.innerHTML = originalText
  // unknown: unsafe-html
  button.innerHTML = found == 1 ? "1 reference" : `${found} references`
}
