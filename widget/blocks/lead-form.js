import {ProblemError} from '../conversation-client.js'
import {element, icon} from '../element.js'
import {richText} from '../rich-text.js'

/** @import {Consent, FieldError, Lead, LeadTaken, PreferredContact} from '../contract.js' */

/**
 * The form with which a visitor becomes a lead. It keeps what was typed until it has been accepted.
 *
 * @param {{
 *   words: import('../words.js').Words,
 *   consent: () => Promise<Consent>,
 *   leave: (lead: Lead) => Promise<LeadTaken>,
 *   done: (taken: LeadTaken) => void,
 *   back: () => void,
 *   kept: Record<string, string>,
 *   keep: (typed: Record<string, string>) => void,
 * }} context `kept` is what was typed before the page was left, `keep` is told of each change.
 */
export function leadForm({words, consent, leave, done, back, kept, keep}) {
  /** @type {Consent | null} */
  let agreed = null
  const heading = element('h3', {id: 'lead-title', tabindex: '-1'}, words.leadTitle)
  const summary = element('div', {class: 'wrong-list', role: 'alert'})
  const consentText = element('div', {class: 'consent'})
  const name = field('name', words.name, {autocomplete: 'name', required: true})
  const email = field('email', words.email, {type: 'email', autocomplete: 'email', inputmode: 'email'})
  const phone = field('phone', words.phone, {type: 'tel', autocomplete: 'tel', inputmode: 'tel'})
  const message = element('textarea', {id: 'lead-message', name: 'message', rows: 3, maxlength: 2000})
  const preferred = element(
    'fieldset',
    {},
    element('legend', {}, words.preferred),
    radio('email', words.byEmail, true),
    radio('phone', words.byPhone),
    radio('appointment', words.byAppointment),
  )
  const agree = element('input', {type: 'checkbox', id: 'lead-consent', name: 'consent', required: true})
  const share = element('input', {type: 'checkbox', name: 'share_transcript'})
  const send = element('button', {class: 'primary'}, words.leadSend)
  const status = element('p', {role: 'status', class: 'note'})
  const form = element(
    'form',
    {class: 'sheet', novalidate: true, 'aria-labelledby': 'lead-title', onsubmit: submit},
    element('button', {type: 'button', class: 'quiet', onclick: back}, icon('back'), words.leadBack),
    heading,
    summary,
    name,
    preferred,
    email,
    phone,
    element('div', {class: 'field'}, label('lead-message', words.message, words.optional), message),
    element('label', {class: 'check'}, share, element('span', {}, words.share)),
    consentText,
    element('div', {class: 'field'}, element('label', {class: 'check'}, agree, element('span', {}, words.consent))),
    element('div', {class: 'row'}, send, status),
  )
  preferred.addEventListener('change', hint)
  form.addEventListener('input', ({target}) => {
    mended(/** @type {HTMLElement} */ (target))
    // All but the consent: that is given once, with the text in sight.
    keep(Object.fromEntries(['name', 'email', 'phone', 'message', 'preferred_contact'].map(key => [key, String(new FormData(form).get(key) ?? '')])))
  })
  for (const [key, value] of Object.entries(kept)) {
    const typed = form.elements.namedItem(key)
    if (typed) /** @type {HTMLInputElement | RadioNodeList} */ (typed).value = value
  }
  hint()
  void loadConsent()
  return {form, focus: () => heading.focus()}

  /** Says which way to be reached is needed for the kind of contact that is chosen. */
  function hint() {
    const wanted = new FormData(form).get('preferred_contact')
    for (const [key, row] of Object.entries({email, phone})) {
      const small = row.querySelector('small')
      if (small) small.textContent = `(${wanted === key ? words.required : words.optional})`
    }
  }

  async function loadConsent() {
    try {
      agreed = await consent()
      consentText.replaceChildren(richText(agreed.html, words.newTab, () => null))
    } catch {
      const retry = element('button', {type: 'button', onclick: loadConsent}, words.retry)
      consentText.replaceChildren(element('p', {}, words.consentFailed), retry)
    }
  }

  /** @param {Event} event */
  async function submit(event) {
    event.preventDefault()
    if (status.textContent) return
    const lead = filledIn()
    const missing = problems(lead)
    if (missing.length || !agreed) return show(missing, agreed ? '' : words.consentFailed)
    status.textContent = words.sending
    try {
      done(await leave(lead))
    } catch (error) {
      const problem = error instanceof ProblemError ? error.problem : {}
      // Who agreed to a text that has changed since, has to read the new one.
      if (problem.errors?.some(({field}) => field === 'consent.version')) {
        agree.checked = false
        void loadConsent()
      }
      show(problem.errors ?? [], problem.errors?.length ? '' : (problem.detail ?? words.leadFailed))
    } finally {
      status.textContent = ''
    }
  }

  /** @returns {Lead} */
  function filledIn() {
    const data = new FormData(form)
    const typed = (/** @type {string} */ key) => String(data.get(key) ?? '').trim()
    return {
      name: typed('name'),
      email: typed('email') || undefined,
      phone: typed('phone') || undefined,
      message: typed('message') || undefined,
      preferred_contact: /** @type {PreferredContact} */ (typed('preferred_contact')),
      consent: {version: agreed?.version ?? '', given: true, share_transcript: share.checked},
    }
  }

  /** @param {Lead} lead @returns {FieldError[]} What can be seen here already; the server looks again. */
  function problems(lead) {
    const wanted = lead.preferred_contact
    const badEmail = lead.email ? !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(lead.email) : wanted === 'email'
    const badPhone = lead.phone ? lead.phone.replace(/\D/g, '').length < 8 : wanted === 'phone'
    return [
      !lead.name && {field: 'name', message: words.needName},
      badEmail && {field: 'email', message: words.needEmail},
      badPhone && {field: 'phone', message: words.needPhone},
      wanted === 'appointment' && !lead.email && !lead.phone && {field: 'email', message: words.needReach},
      !agree.checked && {field: 'consent', message: words.needConsent},
    ].filter(problem => problem !== false)
  }

  /**
   * Puts each error beside its field, and goes to the first; what has no field here stands on top.
   *
   * @param {FieldError[]} errors
   * @param {string} sentence What holds for the whole form.
   */
  function show(errors, sentence) {
    for (const old of form.querySelectorAll('.wrong')) old.remove()
    for (const input of form.querySelectorAll('[aria-invalid]')) input.removeAttribute('aria-invalid')
    summary.replaceChildren(element('p', {}, sentence || words.errorsTitle))
    for (const {field, message} of errors) {
      const [name = ''] = field.split('.')
      const input = form.querySelector(`[name="${CSS.escape(name)}"]`)
      const wrong = element('p', {class: 'wrong', id: `wrong-${name}`}, message)
      input?.setAttribute('aria-invalid', 'true')
      input?.setAttribute('aria-describedby', wrong.id)
      ;(input?.closest('.field, fieldset') ?? summary).append(wrong)
    }
    const first = /** @type {HTMLElement | null} */ (form.querySelector('[aria-invalid]'))
    ;(first ?? send).focus()
  }

  /** @param {HTMLElement} input What is being changed is not called wrong any more. */
  function mended(input) {
    input.removeAttribute('aria-invalid')
    input.closest('.field, fieldset')?.querySelector('.wrong')?.remove()
  }

  /** @param {string} id @param {string} text @param {string} hint */
  function label(id, text, hint) {
    return element('label', {for: id}, text, ' ', element('small', {}, `(${hint})`))
  }

  /** @param {string} key @param {string} text @param {Record<string, unknown>} attributes */
  function field(key, text, attributes) {
    const hint = attributes.required ? words.required : words.optional
    const input = element('input', {id: `lead-${key}`, name: key, maxlength: 200, ...attributes})
    return element('div', {class: 'field'}, label(input.id, text, hint), input)
  }

  /** @param {PreferredContact} value @param {string} text @param {boolean} [checked] */
  function radio(value, text, checked) {
    const input = element('input', {type: 'radio', name: 'preferred_contact', value, checked})
    return element('label', {class: 'check'}, input, element('span', {}, text))
  }
}
