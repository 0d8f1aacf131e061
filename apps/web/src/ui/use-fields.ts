import type { ProblemDocument } from '@postern/api/contract'
import type { ProblemCode } from '@postern/vocabulary'
import { useEffect, useRef, useState, type ChangeEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../texts/use-language.ts'
import { fieldOf, fieldSentence, type FieldsByCode } from './field-problem.ts'

type Values = Readonly<Record<string, string>>
type Bound = {
	readonly name: string
	readonly value: string
	readonly error: string | undefined
	readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void
	readonly onBlur: () => void
	readonly ref: (input: HTMLInputElement | null) => void
}

export type Fields<V extends Values> = {
	readonly values: V
	readonly set: (name: keyof V & string, value: string) => void
	/** Props for an input: value, change, and what is wrong with it. */
	readonly bind: (name: keyof V & string) => Bound
	/** True if every named field has text; else marks the empty ones and moves to the first. */
	readonly isComplete: (...names: (keyof V & string)[]) => boolean
	/** The problem, if it is about no single field. */
	readonly general: ProblemDocument | undefined
}

export type FieldsOptions<V extends Values> = {
	readonly state: readonly [V, (next: (before: V) => V) => void]
	readonly problem: ProblemDocument | undefined
	readonly byCode?: FieldsByCode<keyof V & string>
	/** What can be told of a field, once it has been filled in and left. */
	readonly judges?: { readonly [N in keyof V & string]?: (value: string) => ProblemCode | undefined }
	/** Where the usual sentence would not fit this form. */
	readonly sentences?: { readonly [C in ProblemCode]?: string }
}

/** Text fields of one form, and where the server's answer belongs among them. */
export function useFields<V extends Values>({
	state,
	problem,
	byCode = {},
	judges = {},
	sentences = {},
}: FieldsOptions<V>): Fields<V> {
	const { t } = useTranslation('shell')
	const language = useLanguage()
	const [values, setValues] = state
	const [empty, setEmpty] = useState<readonly string[]>([])
	const [left, setLeft] = useState<readonly string[]>([])
	const [dealtWith, setDealtWith] = useState<ProblemDocument>()
	const inputs = useRef(new Map<string, HTMLInputElement>())
	const field = problem && fieldOf<keyof V & string>(problem, Object.keys(values), byCode)

	useEffect(() => {
		if (problem && field) inputs.current.get(field)?.focus()
	}, [problem, field])

	const set = (name: keyof V & string, value: string) => {
		setValues((before) => ({ ...before, [name]: value }))
		setEmpty((names) => names.filter((other) => other !== name))
		setLeft((names) => names.filter((other) => other !== name))
		if (name === field) setDealtWith(problem)
	}
	const judge = (name: keyof V & string) => {
		const value = values[name] ?? ''
		return left.includes(name) && value !== '' ? judges[name]?.(value) : undefined
	}
	const errorOf = (name: keyof V & string) => {
		if (empty.includes(name)) return t('required')
		const judged = judge(name)
		if (judged) return sentences[judged] ?? fieldSentence({ code: judged, params: {} }, language)
		if (!problem || field !== name || dealtWith === problem) return undefined
		return sentences[problem.code] ?? fieldSentence(problem, language)
	}
	return {
		values,
		set,
		bind: (name) => ({
			name,
			value: values[name] ?? '',
			error: errorOf(name),
			onChange: (event) => set(name, event.currentTarget.value),
			onBlur: () => setLeft((names) => [...names, name]),
			ref: (input) => void (input ? inputs.current.set(name, input) : inputs.current.delete(name)),
		}),
		isComplete: (...names) => {
			const missing = names.filter((name) => (values[name] ?? '') === '')
			setEmpty(missing)
			const first = missing[0]
			if (first !== undefined) inputs.current.get(first)?.focus()
			return missing.length === 0
		},
		general: field ? undefined : problem,
	}
}
