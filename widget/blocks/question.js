import {element} from '../element.js'

/** @import {BlockContext, FactValue, QuestionBlock, QuestionOption} from '../contract.js' */

/** Numbers the fields, so that a label and an error find theirs. */
let fields = 0

/**
 * @param {QuestionBlock} block
 * @param {BlockContext} context
 * @returns {QuestionOption[]} With yes and no for a flag that brings none, and without "weet ik niet".
 */
function optionsOf(block, {words}) {
  const known = block.options.filter(option => option.value !== null)
  if (known.length || block.input !== 'flag') return known
  return [
    {value: true, label: words.yes},
    {value: false, label: words.no},
  ]
}

/**
 * A question about the visitor. One tap answers, except where there is something to fill in or to combine.
 *
 * @param {QuestionBlock} block
 * @param {BlockContext} context
 */
export function question(block, context) {
  const {words, live, choose} = context
  const id = `question-${++fields}`
  const options = optionsOf(block, context)
  const shown = element('section', {class: 'card question', 'aria-labelledby': id}, element('h4', {id}, block.text))
  if (block.why) shown.append(element('details', {}, element('summary', {}, words.whyAsked), element('p', {}, block.why)))
  if (!live) return shown

  const answer = (/** @type {FactValue | null} */ value, /** @type {string} */ label) =>
    choose({fact: block.fact, value}, label, shown)
  const button = (/** @type {QuestionOption} */ option) =>
    element('button', {type: 'button', class: 'option', onclick: () => answer(option.value, option.label)}, option.label)
  const unknown = button(block.options.find(option => option.value === null) ?? {value: null, label: words.unknown})
  unknown.classList.add('unknown')
  const group = (/** @type {string} */ name, /** @type {HTMLElement[]} */ ...content) =>
    element('div', {class: name, role: 'group', 'aria-labelledby': id}, ...content)

  if (block.input === 'choice' || block.input === 'flag') shown.append(group('answers', ...options.map(button), unknown))
  else shown.append(block.input === 'set' ? several(options) : filledIn())
  return shown

  /** @param {QuestionOption[]} choices @returns {HTMLFormElement} */
  function several(choices) {
    const boxes = choices.map(() => element('input', {type: 'checkbox'}))
    const labels = choices.map((choice, at) => element('label', {class: 'option'}, boxes[at], choice.label))
    return form(group('options', ...labels), boxes[0], () => {
      const chosen = choices.filter((_, at) => boxes[at]?.checked)
      if (!chosen.length) return words.chooseOne
      answer(chosen.map(choice => String(choice.value)), chosen.map(choice => choice.label).join(', '))
      return ''
    })
  }

  /** @returns {HTMLFormElement} */
  function filledIn() {
    const number = block.input === 'number'
    const low = block.minimum ?? 0
    const high = block.maximum ?? Number.MAX_SAFE_INTEGER
    const list = options.length > 0 && element('datalist', {id: `${id}-list`}, ...options.map(({label}) => element('option', {value: label})))
    const input = element('input', {
      'aria-label': block.text,
      inputmode: number && 'numeric',
      list: list && `${id}-list`,
      autocomplete: 'off',
      maxlength: number ? 9 : 200,
    })
    const field = element('div', {}, input, list)
    return form(field, input, () => {
      const typed = input.value.trim()
      const value = number ? Number(typed) : options.find(({label}) => label.toLowerCase() === typed.toLowerCase())?.value ?? typed
      if (!typed) return words.fillIn
      if (number && !(/^\d+$/.test(typed) && Number(value) >= low && Number(value) <= high)) return words.wholeNumber.replace('{low}', `${low}`).replace('{high}', `${high}`)
      answer(value, typed)
      return ''
    })
  }

  /**
   * @param {HTMLElement} field
   * @param {HTMLInputElement | undefined} input Gets the focus if the answer is refused.
   * @param {() => string} submit What is wrong, or nothing.
   */
  function form(field, input, submit) {
    const wrong = element('p', {class: 'wrong', id: `${id}-wrong`, role: 'alert'})
    const next = element('button', {class: 'primary'}, words.next)
    const shown = element('form', {class: 'answers', novalidate: true}, field, wrong, element('div', {class: 'row'}, next, unknown))
    shown.addEventListener('submit', event => {
      event.preventDefault()
      wrong.textContent = submit()
      input?.setAttribute('aria-invalid', String(Boolean(wrong.textContent)))
      input?.setAttribute('aria-describedby', wrong.id)
      if (wrong.textContent) input?.focus()
    })
    return shown
  }
}
