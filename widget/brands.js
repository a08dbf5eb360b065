/*
 * A ready look for each region, for the snippet page: what a site may set, and nothing that only we could. Each pair of
 * colours has a contrast of at least 4.5 to 1.
 */
/** @type {Record<string, {title: string, colours: Record<string, string>}>} */
export const BRANDS = {
  haaglanden: {
    title: 'Onderwijsregio Haaglanden',
    colours: {accent: '#0b5563', 'on-accent': '#ffffff', link: '#0b5563', 'accent-dark': '#8fd3dd', 'on-accent-dark': '#0b2329', 'link-dark': '#9adbe4'},
  },
  ldb: {
    title: 'Onderwijsregio Leiden, Duin- en Bollenstreek',
    colours: {accent: '#7a1f5c', 'on-accent': '#ffffff', link: '#7a1f5c', 'accent-dark': '#f0a8d6', 'on-accent-dark': '#2e0a22', 'link-dark': '#f4bbe0'},
  },
  hak: {
    title: 'Onderwijsregio HAK (Haarlem, Amstelland en Kennemerland)',
    colours: {accent: '#1d4f91', 'on-accent': '#ffffff', link: '#1d4f91', 'accent-dark': '#a8c8f5', 'on-accent-dark': '#0b1f3d', 'link-dark': '#b9d3f8'},
  },
}
