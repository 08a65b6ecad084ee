import { Module } from '@nestjs/common'
import { SearchController } from './search.controller'
import { TailSearches } from './tail-searches'

@Module({ controllers: [SearchController], providers: [TailSearches] })
export class SearchModule {}
