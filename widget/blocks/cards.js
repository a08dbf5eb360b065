import {element, icon, link} from '../element.js'

/** @import {BlockContext, EventItem, EventsBlock, LeadFormBlock, LoketCard, VacanciesBlock} from '../contract.js' */

/**
 * A desk with people, and how to reach it.
 *
 * @param {{loket: LoketCard}} block
 * @param {Pick<BlockContext, 'words' | 'cite'>} context
 */
export function loket({loket: card}, {words, cite}) {
  const line = (/** @type {import('../element.js').IconName} */ name, /** @type {Node | string} */ content) =>
    element('li', {}, icon(name), element('span', {}, content))
  return element(
    'section',
    {class: 'card loket', 'aria-label': card.title},
    element('h4', {}, card.title, cite(card.citation)),
    card.reason && element('p', {}, card.reason),
    card.summary && element('p', {}, card.summary),
    element(
      'ul',
      {class: 'facts'},
      card.phone && line('phone', link(`tel:${card.phone.replace(/[^+\d]/g, '')}`, '', card.phone)),
      card.email && line('mail', link(`mailto:${card.email}`, '', card.email)),
      card.url && line('globe', link(card.url, words.newTab, words.website)),
      card.address && line('pin', card.address),
      ...card.hours.map(hours => line('clock', hours)),
    ),
  )
}

/** @param {EventItem} item @param {BlockContext} context */
function eventLine(item, {words, cite}) {
  return element(
    'li',
    {},
    element('p', {}, element('b', {}, link(item.url, words.newTab, item.title)), cite(item.citation)),
    item.when && element('span', {class: 'line'}, icon('day'), item.when),
    item.place && element('span', {class: 'line'}, icon('pin'), item.place),
    item.summary && element('p', {}, item.summary),
  )
}

/** @param {EventsBlock} block @param {BlockContext} context */
export function events({items}, context) {
  const lines = items.map(item => eventLine(item, context))
  return element('div', {class: 'card'}, element('h4', {}, context.words.events), element('ul', {class: 'items'}, ...lines))
}

/** @param {VacanciesBlock} block @param {BlockContext} context */
export function vacancies({items}, {words}) {
  const lines = items.map(item =>
    element('li', {}, element('b', {}, link(item.url, words.newTab, item.title)), element('small', {}, [item.employer, item.place].filter(Boolean).join(' · '))),
  )
  return element('div', {class: 'card'}, element('h4', {}, words.vacancies), element('ul', {class: 'items'}, ...lines))
}

/** Why it helps to leave one's details, and the way to the form. @param {LeadFormBlock} block @param {BlockContext} context */
export function leadInvitation({reason}, {words, openLeadForm}) {
  const open = element('button', {type: 'button', class: 'primary', onclick: openLeadForm}, icon('person'), words.leadOpen)
  return element('div', {class: 'card'}, reason && element('p', {}, reason), open)
}
